/// Learning from examples. [Classifier] is trained on vectors with labels and tells how likely each
/// label is for another vector, and how well it is known at all. Plain Java without randomness: the same
/// examples give the same classifier.
@NullMarked
package io.xiaoer.bot.understand.learn;

import org.jspecify.annotations.NullMarked;
