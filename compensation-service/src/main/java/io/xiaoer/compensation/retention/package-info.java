/// Finished tasks go after a while, in bounded batches, by one node at a time; what waits for a person never does.
@NullMarked
package io.xiaoer.compensation.retention;

import org.jspecify.annotations.NullMarked;
