package io.xiaoer.session.handoff;

import io.xiaoer.common.access.CallerAuthentication;
import io.xiaoer.common.access.Scopes;
import io.xiaoer.common.id.UserKey;
import io.xiaoer.common.problem.ProblemException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.stereotype.Component;
import org.springframework.web.servlet.HandlerInterceptor;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/// A call of an agent over REST is a sign of life too, for who works without a connection. Noted every 20 s at most.
@Component
class AgentSigns implements HandlerInterceptor, WebMvcConfigurer {

    private static final Logger LOGGER = LoggerFactory.getLogger(AgentSigns.class);
    private static final Duration EVERY = Duration.ofSeconds(20);
    private static final int MOST = 10_000;

    private final AgentPresence agents;
    private final Clock clock;
    private final ConcurrentMap<UserKey, Long> noted = new ConcurrentHashMap<>();

    AgentSigns(AgentPresence agents, Clock clock) {
        this.agents = agents;
        this.clock = clock;
    }

    @Override
    public void addInterceptors(InterceptorRegistry registry) {
        registry.addInterceptor(this).addPathPatterns("/api/v1/**");
    }

    @Override
    public boolean preHandle(HttpServletRequest request, HttpServletResponse response, Object handler) {
        var token = CallerAuthentication.tokenOf(request.getUserPrincipal());
        if (token != null && token.caller().has(Scopes.AGENT)) {
            try {
                note(token.caller().userKey());
            } catch (ProblemException noPerson) {
                LOGGER.atDebug().log("An agent's token without a shop gives no sign");
            }
        }
        return true;
    }

    private void note(UserKey agent) {
        if (agent.kind() != UserKey.Kind.AGENT) {
            return;
        }
        long now = clock.millis();
        Long before = noted.get(agent);
        if (before != null && now - before < EVERY.toMillis()) {
            return;
        }
        if (noted.size() >= MOST) {
            noted.clear();
        }
        noted.put(agent, now);
        try {
            agents.called(agent);
        } catch (DataAccessException e) {
            LOGGER.atDebug().log("A sign of life was not noted, Redis does not answer");
        }
    }
}
