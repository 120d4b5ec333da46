/** What is wrong with one field of the request's body. */
export interface Fault {
  /** JSON pointer: `/variants/0/key`. */
  readonly pointer: string;
  readonly message: string;
}
