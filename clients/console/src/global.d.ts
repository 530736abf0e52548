/** The version of the product, filled in by the build. */
declare const TRUNNION_VERSION: string
