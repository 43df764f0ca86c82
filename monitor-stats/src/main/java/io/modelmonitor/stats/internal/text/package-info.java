/**
 * Grammars of a cell's text: kinds of values, dates and times, amounts, durations, compounds, names of months and weekdays; and the
 * writing of numbers. Functions of one text each, without the state of a column. Public for the compiler only, and not to be used by others.
 */
@NullMarked
package io.modelmonitor.stats.internal.text;

import org.jspecify.annotations.NullMarked;
