// Which documents a term occurs in, and how often: of each term a chain of postings, all in one typed array that grows at
// its end.

const kFields = 3; // of a posting: document, how often, where the one before it in its chain lies

interface Chain {
  last: number; // where the latest posting lies
  length: number;
}

export class Postings {
  readonly #chains = new Map<string, Chain>(); // by term
  #data = new Uint32Array(kFields << 10); // [size, kFields]
  #size = 0;

  /** Notes that a document, later than all others, has this term so often. */
  add(term: string, document: number, count: number): void {
    const at = this.#size++ * kFields;
    if (at === this.#data.length) this.#grow();
    const chain = this.#chains.get(term);
    this.#data[at] = document;
    this.#data[at + 1] = count;
    this.#data[at + 2] = chain?.last ?? at;
    if (chain) {
      chain.last = at;
      chain.length++;
    } else {
      this.#chains.set(term, { last: at, length: 1 });
    }
  }

  /** The documents of a term, ascending, and how often each has it. */
  of(term: string): { documents: Uint32Array; counts: Uint32Array } {
    const { last, length } = this.#chains.get(term) ?? { last: 0, length: 0 };
    const documents = new Uint32Array(length);
    const counts = new Uint32Array(length);
    for (let i = length - 1, at = last; i >= 0; i--) {
      documents[i] = this.#data[at] as number;
      counts[i] = this.#data[at + 1] as number;
      at = this.#data[at + 2] as number;
    }
    return { documents, counts };
  }

  /** The same postings under other numbers, without the documents that have none; their order must stay. */
  renumbered(numberOf: (document: number) => number | undefined): Postings {
    const kept = new Postings();
    for (const term of this.#chains.keys()) {
      const { documents, counts } = this.of(term);
      for (const [i, document] of documents.entries()) {
        const number = numberOf(document);
        if (number !== undefined) kept.add(term, number, counts[i] as number);
      }
    }
    return kept;
  }

  #grow(): void {
    const larger = new Uint32Array(2 * this.#data.length);
    larger.set(this.#data);
    this.#data = larger;
  }
}
