/**
 * A method of HTTP.
 *
 * @see https://www.rfc-editor.org/rfc/rfc9110#section-9
 */
export enum HttpMethod {
  /** Read. */
  GET = 'GET',
  /** Read the headers only. */
  HEAD = 'HEAD',
  /** Hand something over; also every call of gRPC. */
  POST = 'POST',
  /** Replace. */
  PUT = 'PUT',
  /** Change a part. */
  PATCH = 'PATCH',
  /** Remove. */
  DELETE = 'DELETE',
  /** Ask what is allowed, as browsers do before requests to other hosts. */
  OPTIONS = 'OPTIONS',
}
