/**
 * The AI Basic Act and its neighbours as dated data: rule packs, the profile of a service, its assessment, the review for
 * high impact, reports and evidence. Nothing here is legal advice.
 */
@NullMarked
package dev.gaon.gov.law;

import org.jspecify.annotations.NullMarked;
