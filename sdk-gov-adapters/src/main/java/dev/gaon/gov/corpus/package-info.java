/**
 * What a whole corpus may be used for: the works of a manifest decided by group, what that adds up to, and the report and
 * attribution file that go with it. Nothing here is legal advice.
 */
@NullMarked
package dev.gaon.gov.corpus;

import org.jspecify.annotations.NullMarked;
