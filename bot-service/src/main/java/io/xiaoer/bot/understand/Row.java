package io.xiaoer.bot.understand;

import io.xiaoer.bot.faq.FaqCandidate;
import io.xiaoer.bot.understand.vector.QuestionVectors;

/// A text that is compared with questions.
///
/// @param owner its place among the owners
/// @param field what it is of an entry; for other owners a question
/// @param text its words
/// @param key what stands for it where vectors are remembered
/// @param isExample whether the classifier learns from it
record Row(int owner, FaqCandidate.Field field, String text, QuestionVectors.Key key, boolean isExample) {}
