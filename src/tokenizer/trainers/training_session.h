// From texts to a trained model: counts the words of texts, then trains on them.
#pragma once

#include <optional>
#include <string_view>

#include "../text_pipeline.h"
#include "trainer_options.h"
#include "training.h"
#include "word_counts.h"

namespace kinvec {

class TrainingSession {
 public:
  /// Words are what the pipeline cuts the texts into.
  TrainingSession(TextPipeline pipeline, TrainerOptions options)
      : pipeline_(std::move(pipeline)), options_(std::move(options)) {}

  /// Counts the words of a text in UTF-8; any bytes are safe, as in TextPipeline. Not to be called
  /// once the training has begun. OUT_OF_MEMORY if the distinct words of all texts together have
  /// more than 1 GiB.
  Result<void> add_text(std::string_view utf8);

  /// Does a piece of the training, which the first call begins; true once all of it is done.
  bool step();

  /// The part of the training that is done, 0 to 1.
  double progress() const { return training_ ? training_->progress() : 0; }

  /// The model, or what is wrong with the options (INVALID_ARGUMENT); once step() has answered
  /// true.
  const Result<TrainedModel>& result() const { return training_->result(); }

 private:
  TextPipeline pipeline_;
  TextScratch scratch_;
  WordCounts words_;
  TrainerOptions options_;
  std::optional<Training> training_;
};

}  // namespace kinvec
