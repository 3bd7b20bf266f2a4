/**
 * What pages, sites, archives and cards say of licences, read into {@link dev.gaon.gov.license.Claim}s as it is written. What
 * a claim means is decided elsewhere, by the tables of {@link dev.gaon.gov.license.LicenseTerms}. Nothing here is fetched.
 */
@NullMarked
package dev.gaon.gov.claim;

import org.jspecify.annotations.NullMarked;
