package io.xiaoer.common.problem;

import jakarta.servlet.http.HttpServletRequest;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.filter.FormContentFilter;
import org.springframework.web.multipart.MultipartHttpServletRequest;
import org.springframework.web.multipart.MultipartResolver;

/// Import this into a service on servlets: every failure becomes a problem.
@Configuration(proxyBeanMethods = false)
public class ProblemConfiguration {

    @Bean
    ProblemAdvice problemAdvice() {
        return new ProblemAdvice();
    }

    @Bean
    ProblemErrorController problemErrorController() {
        return new ProblemErrorController();
    }

    @Bean
    JettyBorder jettyBorder() {
        return new JettyBorder();
    }

    /// In place of the framework's own, which reads the form in the body of a `PUT` ahead of everything.
    /// No call takes one, and one that cannot be read would fail where nothing makes a refusal of it.
    @Bean
    FormContentFilter noForms() {
        return new FormContentFilter() {
            @Override
            protected boolean shouldNotFilter(HttpServletRequest request) {
                return true;
            }
        };
    }

    /// In place of the one that reads bodies of several parts before it is known who would take them:
    /// nobody. What is none of several parts failed there, and its connection ended under the next call
    /// on it.
    @Bean
    MultipartResolver multipartResolver() {
        return new MultipartResolver() {
            @Override
            public boolean isMultipart(HttpServletRequest request) {
                return false;
            }

            @Override
            public MultipartHttpServletRequest resolveMultipart(HttpServletRequest request) {
                throw new IllegalStateException("no body has several parts");
            }

            @Override
            public void cleanupMultipart(MultipartHttpServletRequest request) {}
        };
    }
}
