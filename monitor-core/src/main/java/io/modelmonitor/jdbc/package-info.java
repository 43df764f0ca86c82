/** A history of watches in a database, by JDBC: {@link io.modelmonitor.jdbc.JdbcHistory}. No driver comes with it. */
@NullMarked
package io.modelmonitor.jdbc;

import org.jspecify.annotations.NullMarked;
