/// Texts as vectors. [SentenceModels] turns a text into a vector of length one by the model of its language, which
/// ships inside a jar and is written anew as it is loaded ([LeanModel]), so that a text costs less; the English one
/// with fewer layers that have learnt to do for all ([Student]). [Packed] holds such a vector in a bit over a quarter
/// of a kilobyte per hundred dimensions and compares two; [QuestionVectors] computes each distinct text once and
/// remembers a bounded number of them. Plain Java: nothing here needs the application.
@NullMarked
package io.xiaoer.bot.understand.vector;

import org.jspecify.annotations.NullMarked;
