/// The suite on one machine: `./xiaoer` hands its words to [io.xiaoer.local.Local], which runs the command they name.
@NullMarked
package io.xiaoer.local;

import org.jspecify.annotations.NullMarked;
