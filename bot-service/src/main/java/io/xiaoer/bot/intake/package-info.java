/// Taking questions from Kafka and giving each its one outcome: ordered per user, users beside each other, bounded in
/// all, offsets only behind finished work.
@NullMarked
package io.xiaoer.bot.intake;

import org.jspecify.annotations.NullMarked;
