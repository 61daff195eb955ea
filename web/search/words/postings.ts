// Which documents a term occurs in, and how often: of each term a chain of postings, all in one typed array that grows at
// its end.

const kNone = 0xffffffff; // the end of a chain
const kFields = 3; // of a posting: document, how often, the one before it in its chain

export class Postings {
  #chains = new Map<string, number>(); // by term: where its last posting lies
  #data = new Uint32Array(kFields << 10); // [size, kFields]
  #size = 0;

  /** Notes that a document, later than all others, has this term so often. */
  add(term: string, document: number, count: number): void {
    const at = this.#size * kFields;
    if (at === this.#data.length) this.#grow();
    this.#data[at] = document;
    this.#data[at + 1] = count;
    this.#data[at + 2] = this.#chains.get(term) ?? kNone;
    this.#chains.set(term, at);
    this.#size++;
  }

  /** Tells all documents of a term, the latest first. */
  forEach(term: string, tell: (document: number, count: number) => void): void {
    const data = this.#data;
    for (let at = this.#chains.get(term) ?? kNone; at !== kNone; at = data[at + 2] as number) {
      tell(data[at] as number, data[at + 1] as number);
    }
  }

  /** The same postings under other numbers, without the documents that have none; their order must stay. */
  renumbered(numberOf: (document: number) => number | undefined): Postings {
    const kept = new Postings();
    for (const term of this.#chains.keys()) {
      const chain: [document: number, count: number][] = [];
      this.forEach(term, (document, count) => {
        const number = numberOf(document);
        if (number !== undefined) chain.push([number, count]);
      });
      for (const [number, count] of chain.reverse()) kept.add(term, number, count);
    }
    return kept;
  }

  #grow(): void {
    const larger = new Uint32Array(2 * this.#data.length);
    larger.set(this.#data);
    this.#data = larger;
  }
}
