// Test, then train: a person is shown a list, acts on it, and the list is made anew.  Who is only ever shown more of the
// same never gets to say what else they like, so this is where exploration has to pay.

import { estimate } from "./bootstrap.mjs";
import { tastesServed } from "./measures.mjs";
import { chancesOfNext, drawMixture } from "./people.mjs";
import { randomOf } from "./random.mjs";

const kRounds = 20;
const kStartingEvents = 2; // of one taste: the others are there to be found
const kLikes = 0.5; // chance that an item of a taste in the list is liked

/**
 * Each person begins with the two best known items of their heaviest taste. In each round they like items of the list that
 * are of their tastes, each with a chance of one half; what has been shown once is not shown again.
 * @returns by method: likes per round, and the share of the tastes not yet known at the start of which something was liked
 *   { likes: Estimate, found: Estimate, rounds: { likes, found }[] }
 */
export function measurePrequential({ world, methods, people, seed, onProgress }) {
  const runs = Object.fromEntries(methods.map(({ name }) => [name, []]));
  for (let i = 0; i < people; i++) {
    const own = `${seed} ${i}`;
    for (const { name, list } of methods) runs[name].push(runOf(world, list, own));
    if ((i + 1) % 50 === 0) onProgress?.(`${i + 1} of ${people} people`);
  }
  return Object.fromEntries(
    Object.entries(runs).map(([name, each]) => [
      name,
      {
        likes: estimate(each.map((run) => run.reduce((sum, { likes }) => sum + likes, 0) / kRounds)),
        found: estimate(each.map((run) => run.at(-1).found)),
        rounds: Array.from({ length: kRounds }, (_, round) => ({
          round: round + 1,
          likes: estimate(each.map((run) => run[round].likes)),
          found: estimate(each.map((run) => run[round].found)),
        })),
      },
    ]),
  );
}

function runOf(world, list, seed) {
  const mixture = drawMixture(world, randomOf(seed), kRounds);
  const [known, ...others] = mixture.toSorted((a, b) => b.weight - a.weight).map(({ taste }) => taste);
  const random = randomOf(`clicks ${seed}`);
  const start = [...chancesOfNext(world, [{ taste: known, weight: 1 }], new Set())].sort((a, b) => b[1] - a[1]);
  const history = start.slice(0, kStartingEvents).map(([item]) => item);
  const hidden = new Set();
  const rounds = [];
  for (let round = 0; round < kRounds; round++) {
    const shown = list(history, { seed: `${seed} ${round}`, hidden });
    const liked = shown.filter((item) => random() < kLikes && mixture.some(({ taste }) => taste.items.includes(item)));
    history.push(...liked);
    for (const item of shown) hidden.add(item);
    rounds.push({ likes: liked.length, found: tastesServed(history, others) });
  }
  return rounds;
}
