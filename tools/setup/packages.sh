# System packages by apt, and npm packages by lock file.  Sourced by tools/setup.sh.

wanted=()   # apt packages to install in one go

# want PACKAGE COMMAND: the package is needed unless the command is on PATH, whoever brought it.
want() { has "$2" || wanted+=("$1"); }
want_file() { [ -e "$2" ] || wanted+=("$1"); }

as_root() {
  if [ "$(id -u)" = 0 ]; then "$@"; else sudo "$@"; fi
}

apt_lists_fresh() { [ -n "$(find /var/lib/apt/lists -maxdepth 1 -name '*_Packages*' -print -quit 2>/dev/null)" ]; }

apt_install() {
  local apt=(apt-get -qq -y -o DPkg::Lock::Timeout=600 -o APT::Sandbox::User=root)
  # Lists that are there may be too old to fetch from: refresh them only when needed, since that is slow.
  if ! apt_lists_fresh ||
    ! as_root env DEBIAN_FRONTEND=noninteractive "${apt[@]}" install --no-install-recommends "$@" >>"$log" 2>&1 </dev/null; then
    quietly as_root "${apt[@]}" update
    quietly as_root env DEBIAN_FRONTEND=noninteractive "${apt[@]}" install --no-install-recommends "$@"
  fi
}

install_wanted() {
  [ ${#wanted[@]} -gt 0 ] || return 0
  local packages="${wanted[*]}"
  has apt-get || die "please install (names as in Debian): $packages"
  [ "$(id -u)" = 0 ] || has sudo || die "please install as root: apt-get install $packages"
  step "installing $packages"
  apt_install "${wanted[@]}"
  wanted=()
  hash -r
}

# Installs a folder's npm packages exactly as locked.  The stamp lies in node_modules, so that removing one removes both.
want_node_modules() {
  local folder=$1 name=${1#"$root"} stamp=$1/node_modules/.kinvec-lock sum
  [ -f "$folder/package-lock.json" ] || return 0
  sum=$(cksum <"$folder/package-lock.json")
  [ "$(cat "$stamp" 2>/dev/null)" != "$sum" ] || return 0
  step "installing npm packages${name:+ of ${name#/}}"
  (cd "$folder" && quietly npm ci --no-audit --no-fund --prefer-offline)
  mkdir -p "$folder/node_modules"
  echo "$sum" >"$stamp"
}

# The tests run in an old and a new Node.js; npm carries both as packages.  The folder is named by the major version.
want_node_version() {
  local version=$1 folder=$KINVEC_CACHE/node-${1%%.*} system
  [ "$(node -p 'parseInt(process.versions.node)')" != "${version%%.*}" ] || return 0
  [ "$("$folder/bin/node" --version 2>/dev/null)" != "v$version" ] || return 0
  system=$(node -p 'process.platform + "-" + process.arch')
  step "bringing Node.js $version"
  rm -rf "$folder"
  mkdir -p "$folder"
  quietly npm install --no-audit --no-fund --prefix "$folder" "node-$system@$version"
  ln -s "node_modules/node-$system/bin" "$folder/bin"
}
