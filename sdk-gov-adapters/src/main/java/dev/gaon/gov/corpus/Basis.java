package dev.gaon.gov.corpus;

import dev.gaon.gov.license.Outcome;

/**
 * What was decided on one evidence.
 *
 * @param id 32 hexadecimal digits
 * @param bound true if the terms themselves, whatever else is open, ask duties of whoever uses the work
 */
record Basis(String id, Outcome decision, String license, boolean bound) {}
