/**
 * What a corpus holds, under which licences, in the formats that other tools read: Croissant, SPDX and CycloneDX, and the
 * overview of training data that the AI Basic Act asks for. Nothing here is legal advice.
 */
@NullMarked
package dev.gaon.gov.bom;

import org.jspecify.annotations.NullMarked;
