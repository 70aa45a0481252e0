# More of other programs' output, for the tests here. Made with R 4.2.2, metafor 3.8-1, lme4 1.1-31, survey 4.1-1, epiR 2.0.57:
#   Rscript r-more.R > r-more.json
suppressMessages({ library(metafor); library(survey); library(epiR); library(jsonlite) })
out <- list()
uni <- function(r) list(b = as.numeric(r$b), se = r$se, tau2 = r$tau2, I2 = r$I2, Q = r$QE, Qp = r$QEp, lb = r$ci.lb, ub = r$ci.ub)
glmm <- function(r) list(b = as.numeric(r$b), se = r$se, tau2 = r$tau2, I2 = r$I2, LRT = r$QE.LRT, Wld = r$QE.Wld, ll = as.numeric(r$fit.stats["ll", 1]))
tight <- list(threshold = 1e-13, maxiter = 10000, tol = 1e-13)

# Made-up counts: rare events with zeroes, and events over time.
xi <- c(0, 1, 0, 3, 2, 9, 0, 14); ni <- c(120, 300, 45, 410, 800, 2500, 60, 1400); ti <- c(55.5, 150, 20, 210.25, 400, 1250, 31, 700)
out$counts <- list(x = xi, n = ni, t = ti)
for (m in c("EE", "DL", "REML", "ML", "PM", "HS", "SJ")) {
  out[[paste0("rare_PLO_", m)]] <- uni(rma(measure = "PLO", xi = xi, ni = ni, method = m, control = tight))
  out[[paste0("rare_PFT_", m)]] <- uni(rma(measure = "PFT", xi = xi, ni = ni, method = m, control = tight))
  out[[paste0("rate_IRLN_", m)]] <- uni(rma(measure = "IRLN", xi = xi, ti = ti, method = m, control = tight))
}
r <- rma(measure = "PFT", xi = xi, ni = ni, method = "DL"); p <- predict(r, transf = transf.ipft.hm, targs = list(ni = ni))
out$rare_PFT_DL_back <- list(pred = p$pred, lb = p$ci.lb, ub = p$ci.ub)
out$rare_GLMM <- glmm(rma.glmm(measure = "PLO", xi = xi, ni = ni, nAGQ = 21))
out$rate_GLMM <- glmm(rma.glmm(measure = "IRLN", xi = xi, ti = ti, nAGQ = 21))
# lme4 leaves constants out of the likelihood when it uses several points; so it is integrated here, at lme4's own estimates.
marginal <- function(fit, density) sum(sapply(seq_along(xi), function(i) log(integrate(function(u) density(i, fit$b + sqrt(fit$tau2) * u) * dnorm(u), -10, 10, rel.tol = 1e-12, subdivisions = 1000)$value)))
out$rare_GLMM$ll <- marginal(out$rare_GLMM, function(i, eta) dbinom(xi[i], ni[i], plogis(eta)))
out$rate_GLMM$ll <- marginal(out$rate_GLMM, function(i, eta) dpois(xi[i], ti[i] * exp(eta)))
x2 <- c(3, 0, 12, 7); t2 <- c(100.5, 50, 300, 90)
out$small_counts <- list(x = x2, t = t2)
out$small_rate_GLMM <- glmm(rma.glmm(measure = "IRLN", xi = x2, ti = t2, nAGQ = 21))
res <- rma(measure = "PLO", xi = xi, ni = ni, method = "REML", control = tight)
e <- regtest(res, model = "lm"); out$egger_lm <- list(t = as.numeric(e$zval), p = e$pval)
e <- regtest(res); out$egger_rma <- list(z = as.numeric(e$zval), p = e$pval)
kh <- rma(measure = "IRLN", xi = xi, ti = ti, method = "REML", test = "knha", control = tight)
out$rate_IRLN_REML_KH <- uni(kh)
out$rate_IRLN_REML_KH$pi <- c(predict(kh)$pi.lb, predict(kh)$pi.ub)

# Two groups.
tab <- list(a = c(4, 1, 12, 0), b = c(96, 49, 288, 30), c = c(2, 3, 5, 1), d = c(98, 47, 295, 29))
mh <- rma.mh(measure = "OR", ai = tab$a, bi = tab$b, ci = tab$c, di = tab$d)
out$two_groups <- tab
out$MH_OR <- list(b = as.numeric(mh$b), se = mh$se)
out$MH_RR <- with(rma.mh(measure = "RR", ai = tab$a, bi = tab$b, ci = tab$c, di = tab$d), list(b = as.numeric(b), se = se))
out$Peto <- with(rma.peto(ai = tab$a, bi = tab$b, ci = tab$c, di = tab$d), list(b = as.numeric(b), se = se))

# Visits within clients within therapists, weighted and not: svymean, svyciprop.
th <- rep(1:12, times = c(10, 14, 8, 20, 6, 12, 9, 15, 11, 7, 16, 10)); n <- length(th)
y <- as.integer((th * 7 + seq_len(n) * 5) %% 23 < th %% 5); w <- 1 + (seq_len(n) * 3) %% 4 / 2
out$visits <- list(therapist = th, event = y, weight = w)
surv <- function(design) {
  m <- svymean(~y, design, deff = "replace")
  f <- function(method) as.numeric(confint(svyciprop(~y, design, method = method)))
  list(mean = as.numeric(coef(m)), se = as.numeric(SE(m)), deff = as.numeric(deff(m)), logit = f("logit"), beta = f("beta"))
}
out$survey <- surv(svydesign(ids = ~th, weights = ~one, data = data.frame(th, y, one = 1)))
out$survey_weighted <- surv(svydesign(ids = ~th, weights = ~w, data = data.frame(th, y, w)))

# The same people before and after: both, only after, only before, neither.
pairs <- rbind(c(40, 12, 5, 43), c(1, 7, 1, 12), c(0, 3, 0, 97))
out$paired <- lapply(1:3, function(i) { d <- pairs[i, , drop = FALSE]; k <- epi.conf(d, ctype = "prop.paired"); list(counts = as.numeric(d), est = k$est, lower = k$lower, upper = k$upper,
  mcnemar_exact = binom.test(d[2], d[2] + d[3])$p.value) })
before <- c(6, 5, 7, 4, 8, 6, 5, 9, 3, 6); after <- c(4, 5, 5, 4, 7, 3, 5, 6, 3, 5); t <- t.test(after, before, paired = TRUE)
out$change <- list(before = before, after = after, mean = as.numeric(t$estimate), low = t$conf.int[1], high = t$conf.int[2], p = t$p.value)
cat(toJSON(out, auto_unbox = TRUE, digits = NA, pretty = TRUE), "\n")
