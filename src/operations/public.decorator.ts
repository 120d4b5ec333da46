import { SetMetadata } from '@nestjs/common';

/** Where {@link Public} leaves its mark for the access guard. */
export const IS_PUBLIC = 'assay:is-public';

/**
 * Opens this route (or every route of this controller) to callers without an API key.
 * The list of public routes is under test; add to it deliberately.
 */
export const Public = () => SetMetadata(IS_PUBLIC, true);
