from django.http import HttpRequest, HttpResponse


def pool(request: HttpRequest, pool_id) -> HttpResponse:
    return HttpResponse()
