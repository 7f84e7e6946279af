package io.xiaoer.common.id;

import org.springframework.dao.TransientDataAccessResourceException;

/// This process makes no ids at the moment: it holds no node number, or may not use it any longer before its lease is
/// renewed. Callers meet it as they meet a database that does not answer.
public final class NoNodeNumber extends TransientDataAccessResourceException {

    private static final long serialVersionUID = 1L;

    NoNodeNumber() {
        super("no node number is leased, ids cannot be made now");
    }
}
