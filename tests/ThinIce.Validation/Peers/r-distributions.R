# Tails of distributions by R, for DistributionTests.cs. Made with R 4.2.2: Rscript r-distributions.R > r-distributions.csv
f <- function(x) sprintf("%.17g", x)
o <- function(...) cat(paste(..., sep = ","), "\n", sep = "")
for (a in c(0.5, 1, 1.5, 3, 10.5, 455, 1000, 100001)) for (b in c(0.5, 1, 100.5, 99999, 1e6)) for (p in c(1e-10, 1e-4, 0.025, 0.5, 0.975, 1 - 1e-6)) {
  q <- qbeta(p, a, b); o("qbeta", f(p), f(a), f(b), f(q))
  if (q > 0 && q < 1) { o("pbeta", f(q), f(a), f(b), f(pbeta(q, a, b))); o("pbeta-upper", f(q), f(a), f(b), f(pbeta(q, a, b, lower = FALSE))) }
}
for (s in c(0.01, 0.3, 1, 4, 19.2, 455, 1e5)) for (p in c(1e-10, 1e-4, 0.025, 0.05, 0.5, 0.975, 1 - 1e-6)) {
  q <- qgamma(p, s); o("qgamma", f(p), f(s), 0, f(q))
  if (q > 0) { o("pgamma", f(q), f(s), 0, f(pgamma(q, s))); o("pgamma-upper", f(q), f(s), 0, f(pgamma(q, s, lower = FALSE))) }
}
for (d in c(1, 2, 3.5, 13, 100)) {
  for (p in c(1e-10, 0.025, 0.975, 0.9999)) o("qt", f(p), d, 0, f(qt(p, d)))
  for (t in c(-30, -2, 0.5, 6)) o("pt", f(t), d, 0, f(pt(t, d)))
}
for (p in c(1e-300, 1e-16, 1e-10, 0.025, 0.5, 0.500000001, 0.975, 1 - 1e-12)) o("qnorm", f(p), 0, 0, f(qnorm(p)))
for (x in c(-37, -20, -8, -5, -2, 0, 2, 5, 8)) o("pnorm", f(x), 0, 0, f(pnorm(x)))
for (x in c(1e-5, 0.1, 5, 29.8, 100, 600)) for (d in c(1, 2, 13, 300)) o("pchisq-upper", f(x), d, 0, f(pchisq(x, d, lower = FALSE)))
for (n in c(1, 20, 3000, 1e6)) for (x in unique(round(n * c(0, 0.001, 0.2, 0.5, 1)))) for (p in c(1e-6, 0.01, 0.3)) o("dbinom", x, n, f(p), f(dbinom(x, n, p)))
for (m in c(0.01, 3, 500, 1e5)) for (x in c(0, 1, 5, 480, 1e5)) o("dpois", x, f(m), 0, f(dpois(x, m)))
