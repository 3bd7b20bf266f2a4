/**
 * Metadata of public works from Korean portals, fetched with evidence: a {@link dev.gaon.gov.license.Work} for each record,
 * and the bytes that were read. What a portal answers means nothing here; {@link dev.gaon.gov.license.LicenseAudit} decides.
 */
@NullMarked
package dev.gaon.gov.portal;

import org.jspecify.annotations.NullMarked;
