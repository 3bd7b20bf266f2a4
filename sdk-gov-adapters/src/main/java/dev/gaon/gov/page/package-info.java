/**
 * Pages for people in Korean and English that stand alone: no script, nothing loaded, every text escaped. Shared by the
 * packages that write reports; an application needs none of it.
 */
@NullMarked
package dev.gaon.gov.page;

import org.jspecify.annotations.NullMarked;
