# Finds or makes an Emscripten of at least 3.1.69 (LLVM 19: the first with the final relaxed-SIMD opcodes).
# Sourced by tools/setup.sh.  In this order: emcc on PATH, Debian 13's package, that same package unpacked into a
# private prefix on Debian 12, a message.

emscripten_minimum=3.1.69
emscripten_prefix=$KINVEC_CACHE/emscripten
emscripten_private=no
PATH=${PATH//"$emscripten_prefix/emscripten:"/}   # env.sh may have been sourced: look at the user's own PATH

version_at_least() { [ "$(printf '%s\n%s\n' "$2" "$1" | sort -V | head -n 1)" = "$2" ]; }

emcc_is_new_enough() {
  local version
  has emcc || return 1
  version=$(emcc --version 2>/dev/null | sed -n '1s/.* \([0-9][0-9.]*\).*/\1/p')
  [ -n "$version" ] && version_at_least "$version" "$emscripten_minimum"
}

setup_emscripten() {
  if emcc_is_new_enough; then return 0; fi
  local ID='' VERSION_ID=0
  if [ -r /etc/os-release ]; then
    ID=$(. /etc/os-release && echo "${ID:-}")
    VERSION_ID=$(. /etc/os-release && echo "${VERSION_ID:-0}")
  fi
  if [ "$ID" = debian ] && [ "${VERSION_ID%%.*}" -ge 13 ]; then
    step "installing Emscripten"
    apt_install emscripten
    hash -r
    emcc_is_new_enough || die "Debian's emcc is older than $emscripten_minimum"
  elif [ "$ID" = debian ] && [ "${VERSION_ID%%.*}" = 12 ]; then
    emscripten_private=yes
    [ -e "$emscripten_prefix/complete" ] || make_private_emscripten
  else
    die "Emscripten $emscripten_minimum or newer is needed: install it with emsdk (\`emsdk install $emscripten_minimum && emsdk activate $emscripten_minimum\`) and put emcc on PATH"
  fi
}

# The mirror this machine uses for its own release, for example http://mirror.example/debian.
debian_mirror() {
  local codename
  codename=$(. /etc/os-release && echo "$VERSION_CODENAME")
  # The codename is the release's own; derived suites (-updates, -security) may live elsewhere.
  apt-get indextargets --format '$(RELEASE) $(REPO_URI)' 'Created-By: Packages' |
    awk -v release="$codename" '$1 == release && $2 ~ /debian\/?$/ { print $2; exit }'
}

# Debian 12: clang 19 comes from bookworm itself, the rest from trixie, unpacked and never installed.
make_private_emscripten() {
  want clang-19 clang-19
  want lld-19 wasm-ld-19
  want llvm-19 llvm-ar-19
  want patchelf patchelf
  install_wanted
  step "bringing Emscripten $emscripten_minimum into $emscripten_prefix (1.7 GB, a minute or two)"

  local mirror work prefix=$emscripten_prefix
  mirror=$(debian_mirror)
  [ -n "$mirror" ] || die "no Debian mirror found in the machine's apt sources"
  work=$(mktemp -d)
  # shellcheck disable=SC2064  # the folder's name is needed now
  trap "rm -rf '$work'" EXIT
  rm -rf "$prefix"
  mkdir -p "$work/lists/partial" "$work/deb" "$prefix/lib" "$prefix/bin"
  echo "deb [signed-by=/usr/share/keyrings/debian-archive-keyring.gpg] $mirror trixie main" >"$work/trixie.list"
  local apt=(apt-get -qq -o "Dir::Etc::sourcelist=$work/trixie.list" -o Dir::Etc::sourceparts=- -o Dir::Etc::preferencesparts=-
    -o "Dir::State::Lists=$work/lists" -o "Dir::Cache::pkgcache=" -o "Dir::Cache::srcpkgcache=" -o APT::Sandbox::User=root)
  quietly "${apt[@]}" update
  (cd "$work/deb" && quietly "${apt[@]}" download emscripten binaryen libc6 libstdc++6 libgcc-s1)
  local deb
  for deb in "$work"/deb/*.deb; do
    quietly dpkg-deb -x "$deb" "$work/unpacked"
    rm "$deb"
  done

  mv "$work/unpacked/usr/share/emscripten" "$prefix/emscripten"
  mv "$prefix/emscripten/cache" "$prefix/cache"
  cp -a "$work"/unpacked/usr/lib/*-linux-gnu/. "$prefix/lib/"
  cp -a "$work"/unpacked/usr/bin/wasm* "$prefix/bin/"

  # Binaryen's programs need trixie's libc: let each find it, and its loader, beside itself.
  local loader program
  loader=$(basename "$(find "$work/unpacked" -name 'ld-linux-*.so.*' | head -n 1)")
  [ -e "$prefix/lib/$loader" ] || cp -L "$(find "$work/unpacked" -name "$loader" | head -n 1)" "$prefix/lib/$loader"
  for program in "$prefix"/bin/wasm*; do
    [ "$(head -c 4 "$program" | tail -c 3)" = ELF ] || continue
    quietly patchelf --set-interpreter "$prefix/lib/$loader" --set-rpath "$prefix/lib" "$program"
  done
  # Debian keeps Emscripten's JavaScript parser in a package of its own; npm's copy is the same.
  (cd "$prefix/emscripten" && quietly npm install --no-save --no-audit --no-fund acorn@8)

  cat >"$prefix/config" <<CONFIG
import shutil
LLVM_ROOT = '$(dirname "$(readlink -f "$(command -v clang-19)")")'
BINARYEN_ROOT = '$prefix'
NODE_JS = shutil.which('node')
EMSCRIPTEN_ROOT = '$prefix/emscripten'
CACHE = '$prefix/cache'
CONFIG
  rm -rf "$work"
  check_private_emscripten
  touch "$prefix/complete"
}

# A compile and a run, which also builds what the carried cache lacks.
check_private_emscripten() {
  local work=$emscripten_prefix/check
  mkdir -p "$work"
  cat >"$work/check.cpp" <<'CPP'
#include <emscripten/bind.h>
#include <wasm_simd128.h>
static int sum_of_products() {
  const v128_t products = wasm_i32x4_dot_i16x8(wasm_i16x8_splat(6), wasm_i16x8_splat(7));
  return wasm_i32x4_extract_lane(products, 0);
}
EMSCRIPTEN_BINDINGS(check) { emscripten::function("sumOfProducts", &sum_of_products); }
CPP
  quietly env EM_CONFIG="$emscripten_prefix/config" "$emscripten_prefix/emscripten/em++" "$work/check.cpp" -o "$work/check.mjs" \
    -O3 -msimd128 -fno-exceptions -fno-rtti -DEMSCRIPTEN_HAS_UNBOUND_TYPE_NAMES=0 -lembind -sDYNAMIC_EXECUTION=0 -sALLOW_MEMORY_GROWTH
  quietly node --input-type=module -e \
    "const m = await (await import('file://$work/check.mjs')).default(); if (m.sumOfProducts() !== 84) throw Error('wrong sum');"
  rm -rf "$work"
}

# Writes the file that the other scripts source.
write_env() {
  local cc=cc cxx=c++ suffix
  for suffix in -19 ''; do
    if has "clang++$suffix"; then cc=clang$suffix cxx=clang++$suffix; break; fi
  done
  {
    echo "export KINVEC_CACHE='$KINVEC_CACHE'"
    echo "export KINVEC_CC=$cc KINVEC_CXX=$cxx"
    if [ "$emscripten_private" = yes ]; then
      echo "export EM_CONFIG='$emscripten_prefix/config' EMSCRIPTEN_ROOT='$emscripten_prefix/emscripten'"
      echo "export BINARYEN_ROOT='$emscripten_prefix'"
      echo "export PATH='$emscripten_prefix/emscripten':\"\$PATH\""
    else
      echo "export EMSCRIPTEN_ROOT='$(em-config EMSCRIPTEN_ROOT)'"
      echo "export BINARYEN_ROOT='$(em-config BINARYEN_ROOT)'"
    fi
  } >"$KINVEC_CACHE/env.sh"
}
