// The JavaScript face of models and files. web/native/module.ts mirrors it.

#include "../src/engine.h"
#include "../src/quant_types.h"
#include "binding.h"

namespace kinvec_binding {
namespace {

using kinvec::Error;
using kinvec::ErrorCode;

constexpr const char* kDtypeNames[] = {"f32", "q8", "q7"};

val js_value(const kinvec::GgufValue& value, size_t i) {
  switch (value.type()) {
    case kinvec::GgufType::kString:
      return val(std::string(value.string_at(i)));
    case kinvec::GgufType::kBool:
      return val(value.int_at(i) != 0);
    default:
      return val(value.float_at(i));
  }
}

class GgufFile {
 public:
  uintptr_t reserve(size_t bytes) {
    gguf_ = kinvec::Gguf();
    block_ = kinvec::AlignedBuffer<std::byte>(bytes);
    return address(block_.data());
  }

  Status open() {
    auto gguf = kinvec::Gguf::parse({block_.data(), block_.size()});
    if (!gguf) return status_of(gguf.error());
    gguf_ = std::move(*gguf);
    return {};
  }

  val metadata() const {
    val list = val::array();
    for (const auto& entry : gguf_.metadata()) {
      val value = val::undefined();
      if (entry.value.is_array()) {
        value = val::array();
        for (size_t i = 0; i < entry.value.size(); ++i) value.set(i, js_value(entry.value, i));
      } else {
        value = js_value(entry.value, 0);
      }
      const std::string type = kinvec::gguf_type_name(entry.value.type());
      val row = val::array();
      row.set(0, std::string(entry.key));
      row.set(1, entry.value.is_array() ? type + "[]" : type);
      row.set(2, value);
      list.call<void>("push", row);
    }
    return list;
  }

  val tensors() const {
    val list = val::array();
    for (const auto& tensor : gguf_.tensors()) {
      val shape = val::array();
      for (size_t d = 0; d < tensor.shape.size(); ++d) {
        shape.set(d, static_cast<double>(tensor.shape[d]));
      }
      val row = val::object();
      row.set("name", std::string(tensor.name));
      row.set("type", kinvec::find_tensor_type(static_cast<uint32_t>(tensor.type))->name);
      row.set("shape", shape);
      row.set("byteOffset", static_cast<double>(tensor.offset));
      row.set("byteLength", static_cast<double>(tensor.data.size()));
      list.call<void>("push", row);
    }
    return list;
  }

  Status dequantize(size_t index, uintptr_t dst) const {
    if (index >= gguf_.tensors().size()) {
      return status_of(Error{ErrorCode::kInvalidArgument, "there is no tensor of this index",
                             static_cast<int64_t>(index)});
    }
    const auto& tensor = gguf_.tensors()[index];
    kinvec::dequantize(tensor.type, tensor.data.data(), tensor.columns() * tensor.rows(),
                       pointer<float>(dst));
    return {};
  }

 private:
  kinvec::AlignedBuffer<std::byte> block_;
  kinvec::Gguf gguf_;
};

class EngineBinding {
 public:
  uintptr_t reserve_model(size_t bytes) { return address(engine_.reserve_model(bytes)); }

  void model_arrived(size_t bytes) { engine_.model_arrived(bytes); }

  Status load_model(val options) {
    kinvec::EngineOptions chosen;
    if (const int dtype = options["dtype"].as<int>(); dtype != 0) {
      chosen.dtype = static_cast<kinvec::WeightDtype>(dtype - 1);
    }
    if (const int pooling = options["pooling"].as<int>(); pooling > 0) {
      chosen.pooling = static_cast<kinvec::Pooling>(pooling);
    }
    chosen.verify_checksum = options["verifyChecksum"].as<bool>();
    chosen.dot_mode = dot_mode;
    return status_of(engine_.load(chosen));
  }

  val info() const {
    const kinvec::ModelInfo& info = engine_.info();
    val prompts = val::object();
    if (!info.query_prompt.empty()) prompts.set("query", info.query_prompt);
    if (!info.document_prompt.empty()) prompts.set("document", info.document_prompt);
    val object = val::object();
    object.set("architecture", info.architecture);
    object.set("name", info.name);
    object.set("license", info.license);
    object.set("source", info.source);
    object.set("dtype", kDtypeNames[static_cast<int>(info.dtype)]);
    object.set("layers", info.config.n_layers);
    object.set("heads", info.config.n_heads);
    object.set("hiddenSize", info.config.hidden_size);
    object.set("intermediateSize", info.config.intermediate_size);
    object.set("vocabSize", info.config.vocab_size);
    object.set("maxPositions", info.config.max_positions);
    object.set("maxTokens", info.max_tokens);
    object.set("pooling", kinvec::pooling_name(info.pooling));
    object.set("normalize", info.normalize);
    object.set("prompts", prompts);
    object.set("matryoshka", val::array(info.matryoshka));
    object.set("probeText", info.probe_text);
    object.set("probeVector", val::array(info.probe_vector));
    object.set("checksum", info.checksum);
    object.set("contentHash", info.content_hash);
    object.set("weightBytes", info.weight_bytes);
    object.set("arenaBytes", engine_.arena_bytes());
    return object;
  }

  uintptr_t reserve_texts(size_t bytes, size_t count) {
    return address(engine_.reserve_texts(bytes, count));
  }
  val text_ends() { return view(engine_.text_ends()); }
  Status tokenize(bool add_special_tokens, size_t max_tokens, bool windows) {
    return status_of(engine_.tokenize(add_special_tokens, max_tokens, windows));
  }
  Status take_ids() { return status_of(engine_.take_ids()); }
  val ids() const { return view(engine_.ids()); }
  val window_offsets() const { return view(engine_.window_offsets()); }
  val text_windows() const { return view(engine_.text_windows()); }
  val token_offsets() const { return view(engine_.token_offsets()); }
  val full_token_counts() const { return view(engine_.full_token_counts()); }
  void find_token_strings() { token_strings_ = &engine_.token_strings(); }
  val token_bytes() const { return view(bytes_of(token_strings_->bytes)); }
  val token_ends() const { return view(std::span(token_strings_->ends)); }

  Status begin_embed(size_t dimensions, bool normalize) {
    return status_of(engine_.begin_embed(dimensions, normalize));
  }
  // Texts done, or minus the code of an error; embedError() has its status.
  int embed_next() {
    const auto done = engine_.embed_next();
    if (done) return static_cast<int>(*done);
    embed_error_ = status_of(done.error());
    return -embed_error_.code;
  }
  Status embed_error() const { return embed_error_; }
  val vectors() const { return view(engine_.vectors()); }

  Status trace(size_t index, bool hidden_states, bool attentions) {
    return status_of(engine_.trace(index, hidden_states, attentions));
  }
  val hidden_states() const { return view(engine_.hidden_states()); }
  val attentions() const { return view(engine_.attentions()); }

  Status begin_calibration() { return status_of(engine_.begin_calibration()); }
  Status begin_moments(size_t first_layer, size_t n_layers) {
    return status_of(engine_.begin_moments(first_layer, n_layers));
  }
  val calibrated_inputs() const { return view(engine_.calibration()->inputs()); }
  val calibrated_moments() const { return view(engine_.calibration()->moments()); }

 private:
  kinvec::Engine engine_;
  const kinvec::TokenStrings* token_strings_ = nullptr;
  Status embed_error_;
};

}  // namespace

EMSCRIPTEN_BINDINGS(kinvec) {
  emscripten::class_<GgufFile>("Gguf")
      .constructor<>()
      .function("reserve", &GgufFile::reserve)
      .function("open", &GgufFile::open)
      .function("metadata", &GgufFile::metadata)
      .function("tensors", &GgufFile::tensors)
      .function("dequantize", &GgufFile::dequantize);

  emscripten::class_<EngineBinding>("Engine")
      .constructor<>()
      .function("reserveModel", &EngineBinding::reserve_model)
      .function("modelArrived", &EngineBinding::model_arrived)
      .function("loadModel", &EngineBinding::load_model)
      .function("info", &EngineBinding::info)
      .function("reserveTexts", &EngineBinding::reserve_texts)
      .function("textEnds", &EngineBinding::text_ends)
      .function("tokenize", &EngineBinding::tokenize)
      .function("takeIds", &EngineBinding::take_ids)
      .function("ids", &EngineBinding::ids)
      .function("windowOffsets", &EngineBinding::window_offsets)
      .function("textWindows", &EngineBinding::text_windows)
      .function("tokenOffsets", &EngineBinding::token_offsets)
      .function("fullTokenCounts", &EngineBinding::full_token_counts)
      .function("findTokenStrings", &EngineBinding::find_token_strings)
      .function("tokenBytes", &EngineBinding::token_bytes)
      .function("tokenEnds", &EngineBinding::token_ends)
      .function("beginEmbed", &EngineBinding::begin_embed)
      .function("embedNext", &EngineBinding::embed_next)
      .function("embedError", &EngineBinding::embed_error)
      .function("vectors", &EngineBinding::vectors)
      .function("trace", &EngineBinding::trace)
      .function("hiddenStates", &EngineBinding::hidden_states)
      .function("attentions", &EngineBinding::attentions)
      .function("beginCalibration", &EngineBinding::begin_calibration)
      .function("calibrateNext", &EngineBinding::embed_next)
      .function("beginMoments", &EngineBinding::begin_moments)
      .function("calibratedInputs", &EngineBinding::calibrated_inputs)
      .function("calibratedMoments", &EngineBinding::calibrated_moments);
}

}  // namespace kinvec_binding
