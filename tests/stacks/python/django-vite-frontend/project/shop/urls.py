from django.contrib.staticfiles.storage import staticfiles_storage
from django.http import HttpResponse
from django.urls import path


def index(request):
    with staticfiles_storage.open("index.html") as page:
        return HttpResponse(page.read())


urlpatterns = [path("", index)]
