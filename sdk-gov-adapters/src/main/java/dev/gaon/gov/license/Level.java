package dev.gaon.gov.license;

/** Where a mark stands, from the most to the least specific; a work's own mark comes first. */
enum Level {
    ITEM,
    PAGE,
    DATASET,
    COLLECTION,
    SITE
}
