/// The dialog language: a flow as a checked model of records, and the loader that makes one of a YAML file or tells all
/// that is wrong with it, each with file, line and cure. A flow that was loaded has no unknown name, no unreachable
/// step, no loop without a question, and no write that a shopper's yes does not stand before.
@NullMarked
package io.xiaoer.bot.dialog.flow;

import org.jspecify.annotations.NullMarked;
