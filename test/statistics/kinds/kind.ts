/** Answers the inputs of one kind of reference case in the field names of its expected answer. */
export type Answer = (inputs: never) => object;

export type Answers = Readonly<Record<string, Answer>>;
