/// The doors: which address answers what, in which form a refusal comes, and how often one may fail.
@NullMarked
package io.xiaoer.identity.access;

import org.jspecify.annotations.NullMarked;
