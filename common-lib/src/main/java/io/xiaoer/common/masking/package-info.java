/// Keeps personal data and tokens out of logs and answers.
///
/// [io.xiaoer.common.masking.Masks] masks one value whose kind is known. Every log line of every process that has
/// common-lib on its class path goes through [io.xiaoer.common.masking.LogMask], in the plain form
/// and in the structured one: phones, identity numbers, bank cards, e-mail addresses and tokens. Ids of ours stay
/// readable, since an incident is searched by them.
@NullMarked
package io.xiaoer.common.masking;

import org.jspecify.annotations.NullMarked;
