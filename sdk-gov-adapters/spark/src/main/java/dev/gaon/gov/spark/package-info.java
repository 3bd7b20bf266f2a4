/**
 * The licence audit of a corpus on Apache Spark, by the code that decides it on one machine too. Nothing here is legal advice.
 */
@NullMarked
package dev.gaon.gov.spark;

import org.jspecify.annotations.NullMarked;
