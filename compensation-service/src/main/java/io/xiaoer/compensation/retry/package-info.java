/// When, how often and which tasks are tried again without a person, and how long an outcome is waited for.
@NullMarked
package io.xiaoer.compensation.retry;

import org.jspecify.annotations.NullMarked;
