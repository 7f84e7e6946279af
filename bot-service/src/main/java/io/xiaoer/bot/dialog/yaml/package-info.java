/// Reading YAML that somebody else wrote: into nodes that know their lines, with bounds that no file can pass, and with
/// faults that name file, line and cure. Nothing is made of a tag.
@NullMarked
package io.xiaoer.bot.dialog.yaml;

import org.jspecify.annotations.NullMarked;
