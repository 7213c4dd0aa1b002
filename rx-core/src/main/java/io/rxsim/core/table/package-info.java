/** Columns of numbers that grow page by page. */
package io.rxsim.core.table;
