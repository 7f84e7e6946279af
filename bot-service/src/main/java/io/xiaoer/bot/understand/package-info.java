/// What a text may mean in a shop: which dialogs it may start and which FAQ entries it may ask for. Models that ship
/// inside jars give the vectors, what is learnt per shop is learnt in the background and swapped whole. Nothing here
/// answers.
///
/// [Understanding] is the port that others ask, [TextVectors] the one for what is alike, [FlowExamples] the one that
/// dialogs fill. Without the application the
/// same
/// is had in plain Java, to measure it: [vector.SentenceModels] and [vector.QuestionVectors] give vectors,
/// [learn.Classifier] learns labels from them, and [Learning] makes an [Understood] of an FAQ and of dialogs' examples.
@NullMarked
package io.xiaoer.bot.understand;

import org.jspecify.annotations.NullMarked;
