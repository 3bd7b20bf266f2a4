/** A made corpus with messy evidence, audited from its files to a signed-off manifest. */
@org.jspecify.annotations.NullMarked
package dev.gaon.examples.corpus;
