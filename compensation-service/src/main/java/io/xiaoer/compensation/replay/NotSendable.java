package io.xiaoer.compensation.replay;

import io.xiaoer.common.problem.ProblemCode;
import io.xiaoer.common.problem.ProblemException;

/// The record of a task cannot be put on its way: it is larger than Kafka takes, or can no longer be read. No later try
/// does better by itself.
final class NotSendable extends ProblemException {
    private static final long serialVersionUID = 1L;

    NotSendable(RuntimeException refusal) {
        super(ProblemCode.CONFLICT, "The record cannot be sent: it is too large, or its headers are damaged", refusal);
    }
}
