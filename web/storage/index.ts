// kinvec/storage: vectors in the forms of other programs, and files under a pass-phrase. It needs no engine and runs anywhere.

export { KinvecError } from "../errors.ts";
export type { EmbeddedVectors, IndexVector } from "../search/index_vectors.ts";
export { type Bytes, decrypt, encrypt } from "./encryption.ts";
export { type Matrix, toMatrix, toVectors, type Vectors } from "./matrix.ts";
export { fromNpy, npyHeader, toNpy } from "./npy.ts";
export { fromPgvector, toPgvector } from "./pgvector.ts";
export { fromSqliteFloat, toSqliteBit, toSqliteFloat, toSqliteInt8 } from "./sqlite_vec.ts";
