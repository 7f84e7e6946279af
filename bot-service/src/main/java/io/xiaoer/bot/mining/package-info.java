/// What shoppers asked and nobody knew, so that a person can make answers of it: kept without who asked, with personal
/// data masked, for some weeks; shown in groups of like questions; approved as entries of the FAQ or dismissed.
@NullMarked
package io.xiaoer.bot.mining;

import org.jspecify.annotations.NullMarked;
