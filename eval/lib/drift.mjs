// People who change: how soon are the lists as good again as before?

import { estimate, mean } from "./bootstrap.mjs";
import { expectedOf } from "./measures.mjs";
import { chancesOfNext, drawPerson } from "./people.mjs";

export const kChangeAfter = 30; // events
const kShown = [-5, -1, 0, 1, 2, 3, 4, 5, 6, 8, 10, 12, 15, 20]; // events after the change at which lists are looked at
export const kRecovered = 0.9; // of the former quality

/**
 * @param change "one" taste of each person gives way to a new one, or "all" do
 * @returns by method: the points of a curve { after, ndcg }, and after how many events the mean is back at 90 % of what it was
 *   at the last list before the change
 */
export function measureDrift({ world, methods, people, seed, change, changeAfter = kChangeAfter, onProgress }) {
  const values = Object.fromEntries(methods.map(({ name }) => [name, kShown.map(() => [])]));
  const events = changeAfter + Math.max(...kShown);
  for (let i = 0; i < people; i++) {
    const own = `${seed} ${i}`;
    const person = drawPerson(world, { seed: own, events, change, changeAfter });
    const isOver = overIn(person, changeAfter);
    for (const [point, after] of kShown.entries()) {
      const history = person.events.slice(0, changeAfter + after);
      const chances = chancesOfNext(world, person.mixtureAt(changeAfter + after), new Set(history));
      const over = new Set(after < 0 ? [] : history.slice(0, changeAfter).filter(isOver));
      for (const { name, list } of methods) {
        values[name][point].push(expectedOf(list(history, { seed: own, over }), chances).ndcg);
      }
    }
    if ((i + 1) % 25 === 0) onProgress?.(`${i + 1} of ${people} people`);
  }
  return Object.fromEntries(Object.entries(values).map(([name, points]) => [name, recoveryOf(points)]));
}

/** Whether an item is of a taste that the person no longer has, and of none that they have. */
function overIn({ mixtureAt }, changeAfter) {
  const [before, then] = [mixtureAt(0), mixtureAt(changeAfter)].map(
    (mixture) => new Set(mixture.flatMap(({ taste }) => [...taste.items])),
  );
  return (item) => before.has(item) && !then.has(item);
}

/**
 * The same method for a profile that somebody has cleared of what is over: how good it can be, were its forgetting perfect.
 * What was removed is not shown again either.
 */
export function toldWhatIsOver({ name, title, list }) {
  return {
    name: `${name}-told`,
    title: `${title}, told which events are over`,
    list: (history, context) =>
      list(
        history.filter((item) => !context.over.has(item)),
        { ...context, hidden: context.over },
      ),
  };
}

function recoveryOf(points) {
  const former = mean(points[kShown.indexOf(-1)]);
  const isBack = (point) => kShown[point] > 0 && mean(points[point]) >= kRecovered * former;
  const back = kShown.findIndex((_, point) => isBack(point));
  return {
    former,
    backAfter: back < 0 ? null : kShown[back],
    points: points.map((values, point) => ({ after: kShown[point], ndcg: estimate(values) })),
  };
}
