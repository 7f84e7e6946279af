package io.xiaoer.common.access;

import io.xiaoer.common.problem.ProblemCode;
import io.xiaoer.common.problem.ProblemException;
import org.jspecify.annotations.Nullable;
import org.springframework.core.MethodParameter;
import org.springframework.web.bind.support.WebDataBinderFactory;
import org.springframework.web.context.request.NativeWebRequest;
import org.springframework.web.method.support.HandlerMethodArgumentResolver;
import org.springframework.web.method.support.ModelAndViewContainer;

/// Gives controllers their [Caller] or [VerifiedToken].
final class CallerArgument implements HandlerMethodArgumentResolver {

    @Override
    public boolean supportsParameter(MethodParameter parameter) {
        var type = parameter.getParameterType();
        return type.equals(Caller.class) || type.equals(VerifiedToken.class);
    }

    @Override
    public Object resolveArgument(
            MethodParameter parameter,
            @Nullable ModelAndViewContainer container,
            NativeWebRequest request,
            @Nullable WebDataBinderFactory binders) {
        var token = CallerAuthentication.tokenOf(request.getUserPrincipal());
        if (token == null) {
            throw new ProblemException(ProblemCode.UNAUTHORIZED, "A valid token is needed");
        }
        return parameter.getParameterType().equals(Caller.class) ? token.caller() : token;
    }
}
