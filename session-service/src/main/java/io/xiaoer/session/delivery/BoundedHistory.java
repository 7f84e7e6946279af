package io.xiaoer.session.delivery;

import io.xiaoer.common.id.UserKey;
import io.xiaoer.session.archive.History;
import io.xiaoer.session.archive.Unavailable;
import java.util.concurrent.Semaphore;

/// A history that is read by a bounded number of followers at a time, however many of them fell behind at once.
record BoundedHistory(History inner, Semaphore reads) implements History {

    @Override
    public Page after(UserKey user, String after, int limit) throws Unavailable {
        acquire();
        try {
            return inner.after(user, after, limit);
        } finally {
            reads.release();
        }
    }

    @Override
    public Page before(UserKey user, String before, int limit) throws Unavailable {
        acquire();
        try {
            return inner.before(user, before, limit);
        } finally {
            reads.release();
        }
    }

    private void acquire() throws Unavailable {
        try {
            reads.acquire();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Unavailable("interrupted", e);
        }
    }
}
