// Several trainers of the same words, each with a share of the sentences: they train for a stretch,
// exchange the rows that changed, and go on. What is learnt depends on their number, but not on how
// fast each of them is. Texts and options are the same for all; this does not carry packets around.
#pragma once

#include <cstdint>
#include <vector>

#include "row_exchange.h"
#include "word_trainer.h"

namespace kinvec {

class JointTraining {
 public:
  /// One packet for the rows, one for those of the output layer.
  static constexpr size_t kMatrices = 2;
  using Packets = RowPacket[kMatrices];

  /// With negative sampling, and before the first step. The trainer must stay where it is.
  explicit JointTraining(WordTrainer& trainer);

  /// False if there is no memory.
  bool allocate();

  /// Stretches of the whole training, and of them done.
  uint64_t n_stretches() const { return per_epoch_ * trainer_.options().epochs; }
  uint64_t n_done() const { return n_done_; }

  /// Trains on the next stretch of the share.
  void train();

  /// In place of a stretch: none follows, and all rows are exchanged.
  void end();

  /// What then changed of the rows of `owner`, to be sent to it.
  void pack_changes(uint32_t owner, Packets& packets) const;

  /// Takes changes from another trainer. All those are taken before join(), in the order of the
  /// trainers. False if there are no such rows, as in set_rows().
  bool add_changes(const Packets& packets);

  /// Joins the changes of the trainer's own rows and packs the rows, to be sent to everybody.
  void join(Packets& packets);

  /// Takes rows from their owner, before the next stretch.
  bool set_rows(const Packets& packets);

 private:
  void count_updates();
  void measure();
  bool exchanges_all() const;
  float rate() const;
  std::vector<uint32_t> sample(const std::vector<double>& weights) const;

  WordTrainer& trainer_;
  uint64_t per_epoch_;
  uint64_t n_done_ = 0;
  float steps_ = 0;                    // of the last stretch
  float steps_of_all_ = 0;             // since all rows were exchanged
  std::vector<RowExchange> matrices_;  // [kMatrices]
  std::vector<uint32_t> inputs_;       // words whose vectors stand for those of all predictions
  std::vector<uint32_t> targets_;      // the same of the output layer
};

}  // namespace kinvec
