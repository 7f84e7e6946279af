package io.xiaoer.common.tenant;

/// A statement or a piece of work that would cross from one shop to another, or cannot be shown not to.
/// Always a mistake in the code, never in a caller's input.
public class TenantViolation extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public TenantViolation(String message) {
        super(message);
    }
}
