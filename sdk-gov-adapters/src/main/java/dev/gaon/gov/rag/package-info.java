/**
 * What is due when an answer quotes a work: licence and credit stay with every retrieved piece, what may not be quoted is
 * left out, sources are shown, and an answer too close to a work is held back. Nothing here is legal advice.
 */
@NullMarked
package dev.gaon.gov.rag;

import org.jspecify.annotations.NullMarked;
