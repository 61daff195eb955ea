// What went wrong with a request, as a status code and in the shape of OpenAI's errors.
import { type ErrorCode, KinvecError } from "../../errors.ts";

export interface ErrorBody {
  error: { message: string; type: string; param: string | null; code: string };
}

/** An answer other than success. */
export class HttpError extends Error {
  readonly status: number;
  readonly code: string;
  readonly headers: Readonly<Record<string, string>>;

  constructor(status: number, code: string, message: string, headers: Readonly<Record<string, string>> = {}) {
    super(message);
    this.status = status;
    this.code = code;
    this.headers = headers;
  }
}

/** Codes that are no fault of the server's; those that another try may not meet are answered by 503. */
const statusOf: Partial<Record<ErrorCode, number>> = {
  INVALID_ARGUMENT: 400,
  TEXT_TOO_LONG: 400,
  DISPOSED: 503,
  OUT_OF_MEMORY: 503,
};

/** Errors that were not foreseen keep their message to themselves. */
export function asHttpError(error: unknown): HttpError {
  if (error instanceof HttpError) return error;
  if (error instanceof KinvecError) {
    return new HttpError(statusOf[error.code] ?? 500, error.code.toLowerCase(), error.message);
  }
  return new HttpError(500, "internal_error", "the server failed");
}

/** `param` is the field that the message begins with, if it is one of a request. */
export function errorBody({ status, code, message }: HttpError): ErrorBody {
  const type = status < 500 ? "invalid_request_error" : "server_error";
  const [, param = null] = /^(input|model|dimensions|encoding_format|user|input_type)\b/.exec(message) ?? [];
  return { error: { message, type, param, code } };
}
