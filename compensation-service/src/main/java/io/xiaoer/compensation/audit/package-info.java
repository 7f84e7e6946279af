/// The record of what was done to tasks, by whom, and when. Rows are added in the transaction of the deed.
@NullMarked
package io.xiaoer.compensation.audit;

import org.jspecify.annotations.NullMarked;
