/**
 * What public works allow: licence terms as dated data, evidence of a mark, a decision for each work and purpose, and the
 * attribution that goes with it. Nothing here is legal advice.
 */
@NullMarked
package dev.gaon.gov.license;

import org.jspecify.annotations.NullMarked;
