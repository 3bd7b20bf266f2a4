/**
 * What law and licences share: data files sealed under a digest and read strictly, and canonical JSON. An application needs
 * neither; it speaks to the packages that read them.
 */
@NullMarked
package dev.gaon.gov.pack;

import org.jspecify.annotations.NullMarked;
