/** Texts in Korean and English. */
@NullMarked
package dev.gaon.gov.text;

import org.jspecify.annotations.NullMarked;
